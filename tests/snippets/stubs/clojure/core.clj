;; circleci/analytics-clj@be6031982f545b6adbdc0a03b1304c5b6029661d src/circleci/analytics_clj
(ns circleci.analytics-clj.core ; core.clj:1
  (:refer-clojure :exclude [alias flush])) ; core.clj:2

(defn- enqueue [kind user-id fields options] ; core.clj:42
  (doseq [[_ value] fields] (assert (some? value))) ; utils.clj:4-10
  (println kind (:anonymous-id options) user-id)) ; common.clj:15

(defn initialize ([write-key] {}) ([write-key options] {})) ; core.clj:19-22
(defn flush [analytics]) ; core.clj:48
(defn shutdown [analytics]) ; core.clj:54
(defn identify ; core.clj:60
  ([analytics user-id] (identify analytics user-id nil nil)) ; core.clj:67
  ([analytics user-id traits] (identify analytics user-id traits nil)) ; core.clj:70
  ([analytics user-id traits options] (enqueue "identify" user-id traits options))) ; core.clj:73
(defn track ; core.clj:78
  ([analytics user-id event] (track analytics user-id event nil nil)) ; core.clj:85
  ([analytics user-id event properties] (track analytics user-id event properties nil)) ; core.clj:88
  ([analytics user-id event properties options] (enqueue "track" user-id properties options))) ; core.clj:91
(defn screen ; core.clj:96
  ([analytics user-id name] (screen analytics user-id name nil nil)) ; core.clj:103
  ([analytics user-id name properties] (screen analytics user-id name properties nil)) ; core.clj:106
  ([analytics user-id name properties options] (enqueue "screen" user-id properties options))) ; core.clj:109
(defn page ; core.clj:114
  ([analytics user-id name] (page analytics user-id name nil nil)) ; core.clj:121
  ([analytics user-id name properties] (page analytics user-id name properties nil)) ; core.clj:124
  ([analytics user-id name properties options] (enqueue "page" user-id properties options))) ; core.clj:127
(defn group ; core.clj:132
  ([analytics user-id group-id] (group analytics user-id group-id nil nil)) ; core.clj:140
  ([analytics user-id group-id traits] (group analytics user-id group-id traits nil)) ; core.clj:143
  ([analytics user-id group-id traits options] (enqueue "group" user-id traits options))) ; core.clj:146
(defn alias ; core.clj:151
  ([analytics previous-id user-id] (alias analytics previous-id user-id nil)) ; core.clj:158
  ([analytics previous-id user-id options] (enqueue "alias" user-id nil options))) ; core.clj:161
