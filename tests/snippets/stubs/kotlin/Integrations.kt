// segmentio/analytics-kotlin@a14649b302c417c356ec2c33b91a125557f81e57 core/src/main/java/com/segment/analytics/kotlin/core/utilities
package com.segment.analytics.kotlin.core.utilities // EventManipulationFunctions.kt:3

import com.segment.analytics.kotlin.core.BaseEvent // EventManipulationFunctions.kt:5
import kotlinx.serialization.SerializationStrategy // EventManipulationFunctions.kt:7
import kotlinx.serialization.json.* // EventManipulationFunctions.kt:8

fun BaseEvent.putIntegrations(key: String, jsonElement: JsonElement): BaseEvent = this // EventManipulationFunctions.kt:37
fun <T : Any> BaseEvent.putIntegrations(key: String, value: T, serializationStrategy: SerializationStrategy<T>) = this // EventManipulationFunctions.kt:46-50
inline fun <reified T : Any> BaseEvent.putIntegrations(key: String, value: T): BaseEvent { return this } // EventManipulationFunctions.kt:52
