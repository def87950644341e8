// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // IdentifyMessage.java:1

import java.util.Map; // IdentifyMessage.java:7

public abstract class IdentifyMessage implements Message { // IdentifyMessage.java:19
  public static Builder builder() { return new Builder(); } // IdentifyMessage.java:22

  public static class Builder extends MessageBuilder<IdentifyMessage, Builder> { // IdentifyMessage.java:34
    private Map<String, ?> traits; // IdentifyMessage.java:35
    private Builder() { // IdentifyMessage.java:42
      super(Message.Type.identify); // IdentifyMessage.java:43
    }

    public Builder traits(Map<String, ?> traits) { // IdentifyMessage.java:51
      if (traits == null) throw new NullPointerException("Null traits"); // IdentifyMessage.java:52-53
      this.traits = ImmutableMap.copyOf(traits); // IdentifyMessage.java:55
      return this; // IdentifyMessage.java:56
    }

    protected IdentifyMessage realBuild(Type type, String anonymousId, String userId) { // IdentifyMessage.java:60-68
      if (userId == null && traits == null) throw new IllegalStateException("Either userId or traits must be provided."); // IdentifyMessage.java:69-70
      return new IdentifyMessage() { // IdentifyMessage.java:73
        public Type type() { return type; } // Message.java:24
        public String anonymousId() { return anonymousId; } // Message.java:39
        public String userId() { return userId; } // Message.java:42
      };
    }

    Builder self() { return this; } // IdentifyMessage.java:78
  }
}
