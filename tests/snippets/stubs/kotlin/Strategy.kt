// Kotlin/kotlinx.serialization@370c4e3780066b82f746cf38e4733cbe62c94f74 core/commonMain/src/kotlinx/serialization
package kotlinx.serialization // KSerializer.kt:5

public interface SerializationStrategy<in T> // KSerializer.kt:93
