// Kotlin/kotlinx.serialization@370c4e3780066b82f746cf38e4733cbe62c94f74 formats/json/commonMain/src/kotlinx/serialization/json
package kotlinx.serialization.json // JsonElement.kt:7

public sealed class JsonElement // JsonElement.kt:26
public sealed class JsonPrimitive : JsonElement() // JsonElement.kt:33
public fun JsonPrimitive(value: Boolean?): JsonPrimitive = JsonLiteral(value) // JsonElement.kt:53-56
internal class JsonLiteral internal constructor(val body: Any?) : JsonPrimitive() // JsonElement.kt:136
public object JsonNull : JsonPrimitive() // JsonElement.kt:173
public class JsonObject(private val content: Map<String, JsonElement>) : JsonElement(), Map<String, JsonElement> by content // JsonElement.kt:185-187
public class JsonArray(private val content: List<JsonElement>) : JsonElement(), List<JsonElement> by content // JsonElement.kt:213

public fun buildJsonObject(builderAction: JsonObjectBuilder.() -> Unit): JsonObject { // JsonElementBuilders.kt:27
    val builder = JsonObjectBuilder() // JsonElementBuilders.kt:29
    builder.builderAction() // JsonElementBuilders.kt:30
    return builder.build() // JsonElementBuilders.kt:31
}

public fun buildJsonArray(builderAction: JsonArrayBuilder.() -> Unit): JsonArray { // JsonElementBuilders.kt:50
    val builder = JsonArrayBuilder() // JsonElementBuilders.kt:52
    builder.builderAction() // JsonElementBuilders.kt:53
    return builder.build() // JsonElementBuilders.kt:54
}

public class JsonObjectBuilder internal constructor() { // JsonElementBuilders.kt:61
    private val content: MutableMap<String, JsonElement> = linkedMapOf() // JsonElementBuilders.kt:63
    public fun put(key: String, element: JsonElement): JsonElement? = content.put(key, element) // JsonElementBuilders.kt:71
    internal fun build(): JsonObject = JsonObject(content) // JsonElementBuilders.kt:74
}

public class JsonArrayBuilder internal constructor() { // JsonElementBuilders.kt:132
    private val content: MutableList<JsonElement> = mutableListOf() // JsonElementBuilders.kt:134
    public fun add(element: JsonElement): Boolean = content.add(element) // JsonElementBuilders.kt:142
    internal fun build(): JsonArray = JsonArray(content) // JsonElementBuilders.kt:158
}

public fun JsonObjectBuilder.put(key: String, value: Boolean?): JsonElement? = put(key, JsonLiteral(value)) // JsonElementBuilders.kt:101
public fun JsonObjectBuilder.put(key: String, value: Number?): JsonElement? = put(key, JsonLiteral(value)) // JsonElementBuilders.kt:109
public fun JsonObjectBuilder.put(key: String, value: String?): JsonElement? = put(key, JsonLiteral(value)) // JsonElementBuilders.kt:117
public fun JsonObjectBuilder.put(key: String, value: Nothing?): JsonElement? = put(key, JsonNull) // JsonElementBuilders.kt:126
public fun JsonArrayBuilder.add(value: Boolean?): Boolean = add(JsonLiteral(value)) // JsonElementBuilders.kt:167
public fun JsonArrayBuilder.add(value: Number?): Boolean = add(JsonLiteral(value)) // JsonElementBuilders.kt:175
public fun JsonArrayBuilder.add(value: String?): Boolean = add(JsonLiteral(value)) // JsonElementBuilders.kt:183
public fun JsonArrayBuilder.add(value: Nothing?): Boolean = add(JsonNull) // JsonElementBuilders.kt:192
