// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // ImmutableMap.java:1

import java.util.Collections; // ImmutableMap.java:3
import java.util.LinkedHashMap; // ImmutableMap.java:4
import java.util.Map; // ImmutableMap.java:5

final class ImmutableMap { // ImmutableMap.java:7
  static <K, V> Map<K, V> copyOf(Map<K, V> map) { // ImmutableMap.java:23
    if (map.containsValue(null)) throw new NullPointerException("com.google.common.collect.ImmutableMap.copyOf"); // ImmutableMap.java:24-26
    return Collections.unmodifiableMap(new LinkedHashMap<>(map)); // ImmutableMap.java:28
  }
}
