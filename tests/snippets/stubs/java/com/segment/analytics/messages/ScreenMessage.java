// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // ScreenMessage.java:1

import java.util.Map; // ScreenMessage.java:7

public abstract class ScreenMessage implements Message { // ScreenMessage.java:19
  public static Builder builder(String name) { return new Builder(name); } // ScreenMessage.java:28

  public static class Builder extends MessageBuilder<ScreenMessage, Builder> { // ScreenMessage.java:42
    private Map<String, ?> properties; // ScreenMessage.java:44
    private Builder(String name) { // ScreenMessage.java:52
      super(Message.Type.screen); // ScreenMessage.java:53
      if (isNullOrEmpty(name)) throw new IllegalArgumentException("name cannot be null or empty."); // ScreenMessage.java:54-55
    }

    public Builder properties(Map<String, ?> properties) { // ScreenMessage.java:65
      if (properties == null) throw new NullPointerException("Null properties"); // ScreenMessage.java:66-67
      this.properties = ImmutableMap.copyOf(properties); // ScreenMessage.java:69
      return this; // ScreenMessage.java:70
    }

    protected ScreenMessage realBuild(Type type, String anonymousId, String userId) { // ScreenMessage.java:79-87
      return new ScreenMessage() { // ScreenMessage.java:88
        public Type type() { return type; } // Message.java:24
        public String anonymousId() { return anonymousId; } // Message.java:39
        public String userId() { return userId; } // Message.java:42
      };
    }

    Builder self() { return this; } // ScreenMessage.java:74
  }
}
