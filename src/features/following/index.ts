// The door to following: what a member has chosen, and what the merging of tags does to that.
export { moveFollowers, takeFollowersBack } from './move-followers.ts';
export { findLevel } from './queries.ts';
