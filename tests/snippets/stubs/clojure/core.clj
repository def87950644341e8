;; As much of the library as our snippets use.
(ns circleci.analytics-clj.core
  (:refer-clojure :exclude [alias flush]))

(defn initialize [write-key] {})
(defn identify ([client user-id traits]) ([client user-id traits options]))
(defn track ([client user-id event properties]) ([client user-id event properties options]))
(defn screen ([client user-id name properties]) ([client user-id name properties options]))
(defn page ([client user-id name properties]) ([client user-id name properties options]))
(defn group ([client user-id group-id traits]) ([client user-id group-id traits options]))
(defn alias ([client previous-id user-id]) ([client previous-id user-id options]))
