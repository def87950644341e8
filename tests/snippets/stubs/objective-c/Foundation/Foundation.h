// gnustep/libs-base@195782d1db67037ad426ea31feb163dfbaaa12ec Headers/Foundation
typedef unsigned char BOOL; // ../ObjectiveC2/objc/runtime.h:78
#define YES 1 // NSObjCRuntime.h:296
#define NO 0 // NSObjCRuntime.h:299
typedef unsigned long NSUInteger; // NSObjCRuntime.h:97

__attribute__((objc_root_class)) // NSObject.h:305
@interface NSObject // NSObject.h:306
@end
@protocol NSCopying // NSObject.h:236
@end
@interface NSString : NSObject <NSCopying> // NSString.h:519
@end
@interface NSConstantString : NSString // NSString.h:1183
@end
@interface NSURL : NSObject // NSURL.h:73
+ (instancetype)URLWithString:(NSString *)aUrlString; // NSURL.h:124
@end
@interface NSNull : NSObject // NSNull.h:40
+ (NSNull *)null; // NSNull.h:41
@end
@interface NSNumber : NSObject // NSValue.h:193
+ (NSNumber *)numberWithBool:(BOOL)value; // NSValue.h:198
+ (NSNumber *)numberWithDouble:(double)value; // NSValue.h:202
+ (NSNumber *)numberWithInt:(signed int)value; // NSValue.h:206
+ (NSNumber *)numberWithLongLong:(signed long long)value; // NSValue.h:210
@end
@interface NSArray<__covariant ElementT> : NSObject // NSArray.h:62
+ (instancetype)arrayWithObjects:(const id[])objects count:(NSUInteger)count; // NSArray.h:73-74
@end
@interface NSDictionary<__covariant KeyT, __covariant ValT> : NSObject // NSDictionary.h:42-43
+ (instancetype)dictionaryWithObjects:(const ValT[])objects forKeys:(const KeyT<NSCopying>[])keys count:(NSUInteger)count; // NSDictionary.h:55-59
@end
