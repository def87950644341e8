package com.segment.analytics.messages;

import java.util.Map;

/** As much of the library as our snippets use. */
public abstract class MessageBuilder<V> {
    abstract V self();

    public V userId(String id) {
        return self();
    }

    public V anonymousId(String id) {
        return self();
    }

    public V context(Map<String, ?> context) {
        return self();
    }

    public V enableIntegration(String key, boolean enable) {
        return self();
    }

    public V integrationOptions(String key, Map<String, ? super Object> options) {
        return self();
    }
}
