import { FluentProvider, makeStyles } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { darkTheme, lightTheme } from '../theme.ts';

export type ColorScheme = 'light' | 'dark' | 'system';

// index.html reads the same key before the first paint.
const storageKey = 'countersign.colorScheme';
const systemPrefersDark = window.matchMedia('(prefers-color-scheme: dark)');

const ColorSchemeContext = createContext<{ scheme: ColorScheme; choose: (scheme: ColorScheme) => void }>({
  scheme: 'system',
  choose: () => {},
});

function remembered(): ColorScheme {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Storage is switched off in this browser: the choice lasts for this page only.
    return 'system';
  }
}

// Not on the provider itself: what it carries is put on every overlay, too, and would make each cover the page.
const useStyles = makeStyles({ page: { minHeight: '100vh' } });

/** Light, dark, or whatever the operating system says, also while the page is open. */
export function ColorSchemeProvider({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const [scheme, setScheme] = useState(remembered);
  const [systemIsDark, setSystemIsDark] = useState(systemPrefersDark.matches);

  useEffect(() => {
    const follow = (event: MediaQueryListEvent) => setSystemIsDark(event.matches);
    systemPrefersDark.addEventListener('change', follow);
    return () => systemPrefersDark.removeEventListener('change', follow);
  }, []);

  const dark = scheme === 'dark' || (scheme === 'system' && systemIsDark);
  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [dark]);

  const choose = (next: ColorScheme) => {
    setScheme(next);
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // See remembered().
    }
  };

  return (
    <ColorSchemeContext.Provider value={{ scheme, choose }}>
      <FluentProvider theme={dark ? darkTheme : lightTheme}>
        <div className={styles.page}>{children}</div>
      </FluentProvider>
    </ColorSchemeContext.Provider>
  );
}

export const useColorScheme = () => useContext(ColorSchemeContext);
