package com.segment.analytics;

/** As much of the library as our snippets use. */
public class Traits {
    public Traits putValue(String key, Object value) {
        return this;
    }
}
