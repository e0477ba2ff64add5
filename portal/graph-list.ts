import type { Collection } from '@countersign/idp/resources.ts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get } from './graph-client.ts';

/**
 * A list of the API, page by page. The key is [resource, path]: after a write, invalidate the resource and every
 * list of it is read again. While a new search is under way the former rows stay.
 */
export function useGraphList<T>(resource: string, path: string, enabled = true) {
  const query = useInfiniteQuery({
    queryKey: [resource, 'list', path],
    queryFn: ({ pageParam, signal }) => get<Collection<T>>(pageParam, signal),
    initialPageParam: path,
    getNextPageParam: (page) => page['@odata.nextLink'],
    placeholderData: keepPreviousData,
    enabled,
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.value),
    count: query.data?.pages[0]?.['@odata.count'],
    error: query.error,
    isPending: query.isPending,
    isFetching: query.isFetching,
    isStale: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    reload: () => void query.refetch(),
  };
}

export type GraphList<T> = ReturnType<typeof useGraphList<T>>;

/** The text once typing paused, so that not every letter is a request. */
export function useSettled(text: string, milliseconds = 200): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}
