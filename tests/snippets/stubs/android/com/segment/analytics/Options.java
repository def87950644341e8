package com.segment.analytics;

import java.util.Map;

/** As much of the library as our snippets use. */
public class Options {
    public Options setIntegration(String key, boolean enabled) {
        return this;
    }

    public Options setIntegrationOptions(String key, Map<String, Object> options) {
        return this;
    }
}
