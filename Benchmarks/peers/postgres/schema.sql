-- The ledger's work in PostgreSQL, by its promises: every event has a key and is stored once, in order, with an outcome
-- of its own and the balance it left; events are never changed; a balance moves in the transaction of its event.

CREATE TABLE members (
    member integer PRIMARY KEY,
    external_id text NOT NULL UNIQUE
);

CREATE TABLE wallets (
    member integer PRIMARY KEY REFERENCES members,
    balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0)
) WITH (fillfactor = 70);  -- room on the page: an update of a balance touches no index

CREATE TABLE events (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source integer NOT NULL,
    number bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    member integer NOT NULL,
    store integer NOT NULL,
    total bigint NOT NULL,
    points bigint NOT NULL,
    balance_after bigint NOT NULL,
    UNIQUE (source, number)
);

-- A member's history, which the ledger keeps as a chain from record to record.
CREATE INDEX events_of_member ON events (member, sequence);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only ever added';
END $$;

CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TYPE outcome AS (status text, sequence bigint, points bigint, balance bigint);

-- A batch of purchases, in order: an outcome each, a purchase that was sent before answers as it did then.
CREATE FUNCTION record_purchases(a_source integer, a_first bigint, some_members integer[], some_totals bigint[])
RETURNS outcome[] LANGUAGE plpgsql AS $$
DECLARE
    outcomes outcome[] := '{}';
    answer outcome;
BEGIN
    -- Rows are locked in one order, so two batches never wait for each other in a circle.
    PERFORM 1 FROM wallets WHERE member = ANY (some_members) ORDER BY member FOR UPDATE;
    FOR i IN 1 .. cardinality(some_members) LOOP
        SELECT 'repeated', e.sequence, e.points, e.balance_after INTO answer
            FROM events e WHERE e.source = a_source AND e.number = a_first + i - 1;
        IF NOT FOUND THEN
            answer := ROW('recorded', NULL, (some_totals[i] * 5 + 50) / 100, NULL)::outcome;
            UPDATE wallets w SET balance = w.balance + answer.points WHERE w.member = some_members[i]
                RETURNING w.balance INTO answer.balance;
            IF NOT FOUND THEN
                answer := ROW('rejected', NULL, NULL, NULL)::outcome;
            ELSE
                INSERT INTO events (source, number, member, store, total, points, balance_after)
                    VALUES (a_source, a_first + i - 1, some_members[i], 1, some_totals[i], answer.points, answer.balance)
                    RETURNING events.sequence INTO answer.sequence;
            END IF;
        END IF;
        outcomes := outcomes || answer;
    END LOOP;
    RETURN outcomes;
END $$;

INSERT INTO members SELECT n, 'bench-' || lpad(n::text, 8, '0') FROM generate_series(1, :members) n;
INSERT INTO wallets (member) SELECT member FROM members;
CREATE SEQUENCE next_first MINVALUE 1 INCREMENT :batch;
VACUUM ANALYZE members;
VACUUM ANALYZE wallets;
CHECKPOINT;
