package com.segment.analytics;

/** As much of the library as our snippets use. */
public class Properties {
    public Properties putValue(String key, Object value) {
        return this;
    }
}
