// As much of the library as our snippets use.
@interface SEGAnalyticsConfiguration : NSObject
+ (instancetype)configurationWithWriteKey:(NSString *)writeKey;
@end

@interface SEGAnalytics : NSObject
+ (void)setupWithConfiguration:(SEGAnalyticsConfiguration *)configuration;
+ (instancetype)sharedAnalytics;
- (void)track:(NSString *)event properties:(NSDictionary *)properties;
- (void)track:(NSString *)event properties:(NSDictionary *)properties options:(NSDictionary *)options;
- (void)screen:(NSString *)title properties:(NSDictionary *)properties;
- (void)screen:(NSString *)title properties:(NSDictionary *)properties options:(NSDictionary *)options;
- (void)identify:(NSString *)userId traits:(NSDictionary *)traits;
- (void)identify:(NSString *)userId traits:(NSDictionary *)traits options:(NSDictionary *)options;
- (void)group:(NSString *)groupId traits:(NSDictionary *)traits;
- (void)group:(NSString *)groupId traits:(NSDictionary *)traits options:(NSDictionary *)options;
- (void)alias:(NSString *)newId;
- (void)alias:(NSString *)newId options:(NSDictionary *)options;
@end
