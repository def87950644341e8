// As much of React Native as the library imports: no phone, no storage, an app in the foreground.
export const NativeModules = {
  AnalyticsReactNative: { getContextInfo: async () => ({ appName: "Shop", osName: "iOS", timezone: "UTC", locale: "en-GB" }) },
};
export const Platform = { OS: "ios", select: (choices) => choices.ios ?? choices.default };
export const AppState = { addEventListener: () => ({ remove: () => {} }) };
export class NativeEventEmitter {
  addListener() {
    return { remove: () => {} };
  }
}
export const createContext = () => ({});
export const useContext = () => undefined;
export default { createContext, useContext };
