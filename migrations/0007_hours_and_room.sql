-- SPDX-License-Identifier: EUPL-1.2
--
-- Hours of a place, temporary closures, and free places by unit. Hours lead to no door: concealed
-- places may have them.

ALTER TABLE listing.location
    ADD COLUMN schedules jsonb,
    ADD COLUMN closures jsonb;

ALTER TABLE listing.service
    ADD COLUMN closures jsonb;

-- A row says how free places are as a whole (state ...), or by unit, or both.
ALTER TABLE listing.capacity
    ALTER COLUMN state DROP NOT NULL,
    ADD COLUMN units jsonb, -- unit, available, maximum, waiting, as_of
    ADD CHECK (state IS NOT NULL OR units IS NOT NULL);
