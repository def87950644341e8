// As much of Foundation as literals need.
typedef signed char BOOL;
#define YES __objc_yes
#define NO __objc_no
typedef unsigned long NSUInteger;

__attribute__((objc_root_class)) @interface NSObject
@end
@protocol NSCopying
@end
@interface NSString : NSObject <NSCopying>
@end
@interface NSConstantString : NSString
@end
@interface NSNull : NSObject
+ (NSNull *)null;
@end
@interface NSNumber : NSObject
+ (NSNumber *)numberWithInt:(int)value;
+ (NSNumber *)numberWithLongLong:(long long)value;
+ (NSNumber *)numberWithDouble:(double)value;
+ (NSNumber *)numberWithBool:(BOOL)value;
@end
@interface NSArray : NSObject
+ (instancetype)arrayWithObjects:(const id[])objects count:(NSUInteger)count;
@end
@interface NSDictionary : NSObject
+ (instancetype)dictionaryWithObjects:(const id[])objects forKeys:(const id[])keys count:(NSUInteger)count;
@end
