package com.segment.analytics.messages;

import java.util.Map;

/** As much of the library as our snippets use. */
public class ScreenMessage {
    public static Builder builder(String name) {
        return new Builder();
    }

    public static class Builder extends MessageBuilder<Builder> {
        Builder self() {
            return this;
        }

        public Builder properties(Map<String, ?> fields) {
            return this;
        }
    }
}
