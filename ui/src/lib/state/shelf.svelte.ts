// How the library is looked at; it stays while other screens are looked at.

export const shelf: { search: string; view: 'grid' | 'list' } = $state({ search: '', view: 'grid' });
