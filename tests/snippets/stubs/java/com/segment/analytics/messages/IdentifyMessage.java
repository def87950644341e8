package com.segment.analytics.messages;

import java.util.Map;

/** As much of the library as our snippets use. */
public class IdentifyMessage {
    public static Builder builder() {
        return new Builder();
    }

    public static class Builder extends MessageBuilder<Builder> {
        Builder self() {
            return this;
        }

        public Builder traits(Map<String, ?> fields) {
            return this;
        }
    }
}
