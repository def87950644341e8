// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // TrackMessage.java:1

import java.util.Map; // TrackMessage.java:7

public abstract class TrackMessage implements Message { // TrackMessage.java:19
  public static Builder builder(String event) { return new Builder(event); } // TrackMessage.java:28

  public static class Builder extends MessageBuilder<TrackMessage, Builder> { // TrackMessage.java:42
    private Map<String, ?> properties; // TrackMessage.java:44
    private Builder(String event) { // TrackMessage.java:52
      super(Message.Type.track); // TrackMessage.java:53
      if (isNullOrEmpty(event)) throw new IllegalArgumentException("event cannot be null or empty."); // TrackMessage.java:54-55
    }

    public Builder properties(Map<String, ?> properties) { // TrackMessage.java:65
      if (properties == null) throw new NullPointerException("Null properties"); // TrackMessage.java:66-67
      this.properties = ImmutableMap.copyOf(properties); // TrackMessage.java:69
      return this; // TrackMessage.java:70
    }

    protected TrackMessage realBuild(Type type, String anonymousId, String userId) { // TrackMessage.java:79-87
      return new TrackMessage() { // TrackMessage.java:88
        public Type type() { return type; } // Message.java:24
        public String anonymousId() { return anonymousId; } // Message.java:39
        public String userId() { return userId; } // Message.java:42
      };
    }

    Builder self() { return this; } // TrackMessage.java:74
  }
}
