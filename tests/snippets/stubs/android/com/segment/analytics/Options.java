// segmentio/analytics-android@58d74728ad6a3f47ced995932e31a13a356a76f4 analytics/src/main/java/com/segment/analytics
package com.segment.analytics; // Options.java:24

import java.util.Map; // Options.java:27
import java.util.concurrent.ConcurrentHashMap; // Options.java:28

public class Options { // Options.java:34
    private final Map<String, Object> integrations; // Options.java:43
    public Options() { integrations = new ConcurrentHashMap<>(); } // Options.java:46-47
    public Options setIntegration(String integrationKey, boolean enabled) { // Options.java:76
        integrations.put(integrationKey, enabled); // Options.java:81
        return this; // Options.java:82
    }

    public Options setIntegrationOptions(String integrationKey, Map<String, Object> options) { // Options.java:107
        integrations.put(integrationKey, options); // Options.java:108
        return this; // Options.java:109
    }
}
