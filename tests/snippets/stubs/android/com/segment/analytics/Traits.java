// segmentio/analytics-android@58d74728ad6a3f47ced995932e31a13a356a76f4 analytics/src/main/java/com/segment/analytics
package com.segment.analytics; // Traits.java:24

public class Traits extends ValueMap { // Traits.java:49
    public Traits() {} // Traits.java:92
    @Override // Traits.java:333
    public Traits putValue(String key, Object value) { // Traits.java:334
        super.putValue(key, value); // Traits.java:335
        return this; // Traits.java:336
    }
}
