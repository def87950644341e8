package com.segment.analytics;

import android.content.Context;

/** As much of the library as our snippets use. */
public class Analytics {
    public static Analytics with(Context context) {
        return new Analytics();
    }

    public static void setSingletonInstance(Analytics analytics) {}

    public void track(String event, Properties properties) {}

    public void track(String event, Properties properties, Options options) {}

    public void screen(String category, String name, Properties properties) {}

    public void screen(String category, String name, Properties properties, Options options) {}

    public void identify(String userId, Traits traits) {}

    public void identify(String userId, Traits traits, Options options) {}

    public void group(String groupId, Traits traits) {}

    public void group(String groupId, Traits traits, Options options) {}

    public void alias(String newId) {}

    public void alias(String newId, Options options) {}

    public static class Builder {
        public Builder(Context context, String writeKey) {}

        public Analytics build() {
            return new Analytics();
        }
    }
}
