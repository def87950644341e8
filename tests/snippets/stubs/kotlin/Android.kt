// As much of the library as our snippets use.
package com.segment.analytics.kotlin.android

import android.content.Context
import com.segment.analytics.kotlin.core.Analytics
import com.segment.analytics.kotlin.core.Configuration

fun Analytics(writeKey: String, context: Context, configs: Configuration.() -> Unit): Analytics = Analytics(Configuration())
