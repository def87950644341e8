package com.segment.analytics;

import com.segment.analytics.messages.MessageBuilder;

/** As much of the library as our snippets use. */
public class Analytics {
    public static Builder builder(String writeKey) {
        return new Builder();
    }

    public void enqueue(MessageBuilder<?> builder) {}

    public static class Builder {
        public Builder endpoint(String endpoint) {
            return this;
        }

        public Builder flushQueueSize(int size) {
            return this;
        }

        public Analytics build() {
            return new Analytics();
        }
    }
}
