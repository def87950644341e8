// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics/src/main/java/com/segment/analytics
package com.segment.analytics; // Analytics.java:1

import com.segment.analytics.messages.Message; // Analytics.java:11
import com.segment.analytics.messages.MessageBuilder; // Analytics.java:12

public class Analytics { // Analytics.java:45
  public static Builder builder(String writeKey) { return new Builder(); } // Analytics.java:67
  public void enqueue(MessageBuilder builder) { Message message = builder.build(); System.out.println(message.type() + " " + message.anonymousId() + " " + message.userId()); } // Analytics.java:72
  public void flush() {} // Analytics.java:96
  public void shutdown() {} // Analytics.java:101

  public static class Builder { // Analytics.java:131
    public Builder endpoint(String endpoint) { return this; } // Analytics.java:187
    public Builder flushQueueSize(int flushQueueSize) { return this; } // Analytics.java:272
    public Analytics build() { return new Analytics(); } // Analytics.java:391
  }
}
