-- What the corrected time of a recording rests on: the readings of its device's clock that bound it, and the decisions that gave the
-- figures of how clocks are believed. Null: not corrected, or corrected before this was kept.
alter table liuhen.recording add column clock_basis jsonb;
