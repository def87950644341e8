// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // MessageBuilder.java:1

import java.util.LinkedHashMap; // MessageBuilder.java:5
import java.util.Map; // MessageBuilder.java:6

public abstract class MessageBuilder<T extends Message, V extends MessageBuilder> { // MessageBuilder.java:16
  private final Message.Type type; // MessageBuilder.java:17
  private Map<String, ?> context; // MessageBuilder.java:21
  private String anonymousId; // MessageBuilder.java:22
  private String userId; // MessageBuilder.java:23
  private Map<String, Object> integrations = new LinkedHashMap<>(); // MessageBuilder.java:24

  MessageBuilder(Message.Type type) { this.type = type; } // MessageBuilder.java:27
  static boolean isNullOrEmpty(String string) { return string == null || string.trim().length() == 0; } // MessageBuilder.java:41

  public V context(Map<String, ?> context) { // MessageBuilder.java:111
    if (context == null) throw new NullPointerException("Null context"); // MessageBuilder.java:112-113
    this.context = ImmutableMap.copyOf(context); // MessageBuilder.java:115
    return self(); // MessageBuilder.java:116
  }

  public V anonymousId(String anonymousId) { // MessageBuilder.java:142
    this.anonymousId = anonymousId; // MessageBuilder.java:143
    return self(); // MessageBuilder.java:144
  }

  public V userId(String userId) { // MessageBuilder.java:153
    this.userId = userId; // MessageBuilder.java:154
    return self(); // MessageBuilder.java:155
  }

  public V enableIntegration(String key, boolean enable) { // MessageBuilder.java:164
    integrations.put(key, enable); // MessageBuilder.java:171
    return self(); // MessageBuilder.java:172
  }

  public V integrationOptions(String key, Map<String, ?> options) { // MessageBuilder.java:181
    integrations.put(key, ImmutableMap.copyOf(options)); // MessageBuilder.java:188
    return self(); // MessageBuilder.java:189
  }

  protected abstract T realBuild(Message.Type type, String anonymousId, String userId); // MessageBuilder.java:192-200
  abstract V self(); // MessageBuilder.java:202

  public T build() { // MessageBuilder.java:209
    if (isNullOrEmpty(anonymousId) && isNullOrEmpty(userId)) { // MessageBuilder.java:210
      throw new IllegalArgumentException("Either anonymousId or userId must be provided."); // MessageBuilder.java:211
    }
    return realBuild(type, anonymousId, userId); // MessageBuilder.java:233-234
  }
}
