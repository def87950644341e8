// As much of kotlinx.serialization as our snippets use.
package kotlinx.serialization.json

open class JsonElement
open class JsonPrimitive : JsonElement() // kotlinx.serialization, formats/json/commonMain/src/kotlinx/serialization/json/JsonElement.kt:30
fun JsonPrimitive(value: Boolean?): JsonPrimitive = JsonNull // the same file:51
object JsonNull : JsonPrimitive()
class JsonArray : JsonElement()
class JsonObject(private val content: Map<String, JsonElement>) : JsonElement(), Map<String, JsonElement> by content
class JsonObjectBuilder {
    fun put(key: String, element: JsonElement) {}
}
class JsonArrayBuilder {
    fun add(element: JsonElement) {}
}

fun buildJsonObject(build: JsonObjectBuilder.() -> Unit): JsonObject = JsonObject(emptyMap())
fun buildJsonArray(build: JsonArrayBuilder.() -> Unit): JsonArray = JsonArray()
fun JsonObjectBuilder.put(key: String, value: String?) {}
fun JsonObjectBuilder.put(key: String, value: Number?) {}
fun JsonObjectBuilder.put(key: String, value: Boolean?) {}
fun JsonArrayBuilder.add(value: String?) {}
fun JsonArrayBuilder.add(value: Number?) {}
fun JsonArrayBuilder.add(value: Boolean?) {}
