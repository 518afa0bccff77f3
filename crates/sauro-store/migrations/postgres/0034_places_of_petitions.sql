-- How many petitions are open and how many were answered, by place and by the month in which they were sent; by
-- field, and for all fields together (''). Counted as cases move, for the map that everybody reads.
CREATE TABLE petition_places (
    scope_id   UUID    NOT NULL,                    -- a commune, a province, or the id of all zeros for the nation
    month      TEXT    NOT NULL,
    field      TEXT    NOT NULL,
    parent_id  UUID    NOT NULL,                    -- the scope above
    n_open     BIGINT NOT NULL,
    n_answered BIGINT NOT NULL,
    PRIMARY KEY (scope_id, month, field)
);
CREATE INDEX petition_places_below ON petition_places (parent_id, field, month, scope_id);

-- Cases that are there already.
INSERT INTO petition_places (scope_id, month, field, parent_id, n_open, n_answered)
SELECT scope_id, month, field, parent_id, sum(n_open), sum(n_answered)
FROM (
    SELECT
        CASE scopes.n WHEN 0 THEN '00000000-0000-0000-0000-000000000000'::uuid WHEN 1 THEN place.id
            ELSE province.id END AS scope_id,
        CASE WHEN scopes.n = 1 AND province.id IS NOT NULL THEN province.id
            ELSE '00000000-0000-0000-0000-000000000000'::uuid END AS parent_id,
        to_char(to_timestamp(petitions.sent_at / 1000000 + 25200) AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
        CASE fields.n WHEN 0 THEN '' ELSE petitions.field END AS field,
        CASE WHEN petitions.state IN ('answered', 'closed') THEN 0 ELSE 1 END AS n_open,
        CASE WHEN petitions.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS n_answered
    FROM petitions
    CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) scopes
    CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1) fields
    LEFT JOIN agencies place ON place.id = petitions.place_id
    LEFT JOIN agencies province
        ON province.id = place.parent_id AND place.level = 'commune' AND province.level = 'province'
            AND province.place_code IS NOT NULL
    WHERE petitions.before_merge = '' AND (fields.n = 0 OR petitions.field <> '')
) counted
WHERE scope_id IS NOT NULL
GROUP BY scope_id, month, field, parent_id;

-- Letters tell of a merge as well.
ALTER TABLE mailbox_letters DROP CONSTRAINT mailbox_letters_kind_check;
ALTER TABLE mailbox_letters ADD CONSTRAINT mailbox_letters_kind_check
    CHECK (kind IN ('receipt', 'refusal', 'asked', 'merged', 'answered'));
