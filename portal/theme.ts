import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  type Theme,
} from '@fluentui/react-components';

/** Petrol, from black to white: the one colour that is ours. */
const petrol: BrandVariants = {
  10: '#01080a',
  20: '#041c23',
  30: '#062d38',
  40: '#073a48',
  50: '#084859',
  60: '#09566b',
  70: '#0b647c',
  80: '#0d728e',
  90: '#2b82a0',
  100: '#4792b0',
  110: '#61a3c0',
  120: '#7ab3cf',
  130: '#94c4dd',
  140: '#aed5ea',
  150: '#c9e5f5',
  160: '#e5f5fd',
};

const fontFamilyBase =
  "'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif";
const fontFamilyMonospace =
  "ui-monospace, 'Cascadia Mono', Consolas, 'SF Mono', 'DejaVu Sans Mono', monospace";

export const lightTheme: Theme = {
  ...createLightTheme(petrol),
  fontFamilyBase,
  fontFamilyMonospace,
  colorBrandBackground: petrol[70],
  colorBrandBackgroundHover: petrol[60],
  colorBrandForegroundLink: petrol[70],
  colorBrandForegroundLinkHover: petrol[60],
};

export const darkTheme: Theme = {
  ...createDarkTheme(petrol),
  fontFamilyBase,
  fontFamilyMonospace,
  colorBrandBackground2: petrol[30],
  colorBrandBackground2Hover: petrol[40],
  colorBrandBackground2Pressed: petrol[20],
  colorBrandForeground1: petrol[120],
  colorBrandForeground2: petrol[130],
  colorBrandForegroundLink: petrol[120],
  colorBrandForegroundLinkHover: petrol[130],
  colorCompoundBrandForeground1: petrol[120],
  colorNeutralForeground3: '#b8b8b8',
  colorNeutralForeground4: '#adadad',
};
