// segmentio/analytics-android@58d74728ad6a3f47ced995932e31a13a356a76f4 analytics/src/main/java/com/segment/analytics
package com.segment.analytics; // Properties.java:24

public class Properties extends ValueMap { // Properties.java:39
    public Properties() {} // Properties.java:66
    @Override // Properties.java:77
    public Properties putValue(String key, Object value) { // Properties.java:78
        super.putValue(key, value); // Properties.java:79
        return this; // Properties.java:80
    }

    public Properties putValue(double value) { return this; } // Properties.java:100
}
