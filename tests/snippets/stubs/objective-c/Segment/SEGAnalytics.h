// segmentio/analytics-ios@4b0968947eb916b3a29d56bd5e17d620ff29a220 Segment/Classes
#define SERIALIZABLE_DICT NSDictionary<NSString *, id> * // SEGSerializableValue.h:21

_Pragma("clang assume_nonnull begin") // SEGAnalytics.h:8
@interface SEGAnalyticsConfiguration : NSObject // SEGAnalyticsConfiguration.h:53
+ (_Nonnull instancetype)configurationWithWriteKey:(NSString *_Nonnull)writeKey; // SEGAnalyticsConfiguration.h:61
+ (_Nonnull instancetype)configurationWithWriteKey:(NSString *_Nonnull)writeKey defaultAPIHost:(NSURL *_Nullable)defaultAPIHost; // SEGAnalyticsConfiguration.h:69
@end

@interface SEGAnalytics : NSObject // SEGAnalytics.h:16
+ (void)setupWithConfiguration:(SEGAnalyticsConfiguration *)configuration; // SEGAnalytics.h:35
+ (instancetype)sharedAnalytics; // SEGAnalytics.h:49
- (void)identify:(NSString *_Nullable)userId traits:(SERIALIZABLE_DICT _Nullable)traits options:(SERIALIZABLE_DICT _Nullable)options; // SEGAnalytics.h:69
- (void)identify:(NSString *_Nullable)userId traits:(SERIALIZABLE_DICT _Nullable)traits; // SEGAnalytics.h:70
- (void)identify:(NSString *_Nullable)userId; // SEGAnalytics.h:71
- (void)track:(NSString *)event properties:(SERIALIZABLE_DICT _Nullable)properties options:(SERIALIZABLE_DICT _Nullable)options; // SEGAnalytics.h:90
- (void)track:(NSString *)event properties:(SERIALIZABLE_DICT _Nullable)properties; // SEGAnalytics.h:91
- (void)track:(NSString *)event; // SEGAnalytics.h:92
- (void)screen:(NSString *)screenTitle properties:(SERIALIZABLE_DICT _Nullable)properties options:(SERIALIZABLE_DICT _Nullable)options; // SEGAnalytics.h:111
- (void)screen:(NSString *)screenTitle properties:(SERIALIZABLE_DICT _Nullable)properties; // SEGAnalytics.h:113
- (void)screen:(NSString *)screenTitle; // SEGAnalytics.h:115
- (void)group:(NSString *)groupId traits:(SERIALIZABLE_DICT _Nullable)traits options:(SERIALIZABLE_DICT _Nullable)options; // SEGAnalytics.h:131
- (void)group:(NSString *)groupId traits:(SERIALIZABLE_DICT _Nullable)traits; // SEGAnalytics.h:132
- (void)group:(NSString *)groupId; // SEGAnalytics.h:133
- (void)alias:(NSString *)newId options:(SERIALIZABLE_DICT _Nullable)options; // SEGAnalytics.h:149
- (void)alias:(NSString *)newId; // SEGAnalytics.h:150
@end
_Pragma("clang assume_nonnull end") // SEGAnalytics.h:231
