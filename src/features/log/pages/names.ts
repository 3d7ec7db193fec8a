// How the record names those who are gone.

export const FORMER_MEMBER = 'a former member';
