// segmentio/analytics-android@58d74728ad6a3f47ced995932e31a13a356a76f4 analytics/src/main/java/com/segment/analytics
package com.segment.analytics; // ValueMap.java:24

import java.util.LinkedHashMap; // ValueMap.java:37
import java.util.Map; // ValueMap.java:39

public class ValueMap { // ValueMap.java:55
    private final Map<String, Object> delegate = new LinkedHashMap<>(); // ValueMap.java:57-75
    public ValueMap putValue(String key, Object value) { // ValueMap.java:166
        delegate.put(key, value); // ValueMap.java:167
        return this; // ValueMap.java:168
    }
}
