// segmentio/analytics-android@58d74728ad6a3f47ced995932e31a13a356a76f4 analytics/src/main/java/com/segment/analytics
package com.segment.analytics; // Analytics.java:24

import android.content.Context; // Analytics.java:40

public class Analytics { // Analytics.java:100
    public static Analytics with(Context context) { return new Analytics(); } // Analytics.java:170
    public static void setSingletonInstance(Analytics analytics) {} // Analytics.java:205

    public void identify(String userId) {} // Analytics.java:448
    public void identify(Traits traits) {} // Analytics.java:453
    public void identify(String userId, Traits newTraits, Options options) {} // Analytics.java:475-478
    public void group(String groupId) {} // Analytics.java:509
    public void group(String groupId, Traits traits) {} // Analytics.java:514
    public void group(String groupId, Traits groupTraits, Options options) {} // Analytics.java:532-535
    public void track(String event) {} // Analytics.java:563
    public void track(String event, Properties properties) {} // Analytics.java:568
    public void track(String event, Properties properties, Options options) {} // Analytics.java:584-587
    public void screen(String category, String name) {} // Analytics.java:618
    public void screen(String category, String name, Properties properties) {} // Analytics.java:626-627
    public void screen(String name) {} // Analytics.java:632
    public void screen(String name, Properties properties) {} // Analytics.java:637
    public void screen(String category, String name, Properties properties, Options options) {} // Analytics.java:653-657
    public void alias(String newId) {} // Analytics.java:687
    public void alias(String newId, Options options) {} // Analytics.java:711

    public static class Builder { // Analytics.java:1078
        public Builder(Context context, String writeKey) {} // Analytics.java:1110
        public Builder defaultApiHost(String apiHost) { return this; } // Analytics.java:1414
        public Analytics build() { return new Analytics(); } // Analytics.java:1429
    }
}
