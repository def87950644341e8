// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // Message.java:1

public interface Message { // Message.java:22
  Type type(); // Message.java:24
  String anonymousId(); // Message.java:39
  String userId(); // Message.java:42

  enum Type { identify, group, track, screen, page, alias } // Message.java:47-54
}
