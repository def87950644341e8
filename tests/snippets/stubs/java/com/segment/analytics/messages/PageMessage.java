// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // PageMessage.java:1

import java.util.Map; // PageMessage.java:7

public abstract class PageMessage implements Message { // PageMessage.java:19
  public static Builder builder(String name) { return new Builder(name); } // PageMessage.java:28

  public static class Builder extends MessageBuilder<PageMessage, Builder> { // PageMessage.java:45
    private Map<String, ?> properties; // PageMessage.java:47
    private Builder(String name) { // PageMessage.java:57
      super(Message.Type.page); // PageMessage.java:58
      if (isNullOrEmpty(name)) throw new IllegalArgumentException("name cannot be null or empty."); // PageMessage.java:59-60
    }

    public Builder properties(Map<String, ?> properties) { // PageMessage.java:70
      if (properties == null) throw new NullPointerException("Null properties"); // PageMessage.java:71-72
      this.properties = ImmutableMap.copyOf(properties); // PageMessage.java:74
      return this; // PageMessage.java:75
    }

    protected PageMessage realBuild(Type type, String anonymousId, String userId) { // PageMessage.java:92-100
      return new PageMessage() { // PageMessage.java:101
        public Type type() { return type; } // Message.java:24
        public String anonymousId() { return anonymousId; } // Message.java:39
        public String userId() { return userId; } // Message.java:42
      };
    }

    Builder self() { return this; } // PageMessage.java:87
  }
}
