// segmentio/analytics-kotlin@a14649b302c417c356ec2c33b91a125557f81e57 android/src/main/java/com/segment/analytics/kotlin/android
package com.segment.analytics.kotlin.android // AndroidAnalytics.kt:1

import android.content.Context // AndroidAnalytics.kt:3
import com.segment.analytics.kotlin.core.Analytics // AndroidAnalytics.kt:12
import com.segment.analytics.kotlin.core.Configuration // AndroidAnalytics.kt:13

public fun Analytics(writeKey: String, context: Context): Analytics = Analytics(Configuration(writeKey = writeKey, application = context)) // AndroidAnalytics.kt:28-38
public fun Analytics(writeKey: String, context: Context, configs: Configuration.() -> Unit): Analytics { // AndroidAnalytics.kt:54-58
    val conf = Configuration(writeKey = writeKey, application = context) // AndroidAnalytics.kt:61-65
    configs.invoke(conf) // AndroidAnalytics.kt:66
    return Analytics(conf) // AndroidAnalytics.kt:67
}
