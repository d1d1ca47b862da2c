-- The archive's words, to tell from what was probably meant by one that no message holds. The table is small enough to
-- be read whole: a hundredth of a second to a hundred thousand words.

-- name: beginning
-- How much of a word, from its beginning, some other word has; no row where that is less than %(shortest)s.
SELECT k.length
FROM generate_series(length(%(word)s::text) - 1, %(shortest)s::int, -1) AS k (length)
WHERE EXISTS (SELECT FROM backscroll.words AS w
    WHERE w.word >= left(%(word)s::text, k.length) COLLATE "C"
      AND w.word < (left(%(word)s::text, k.length) || U&'\+10FFFF') COLLATE "C")
ORDER BY k.length DESC
LIMIT 1;

-- name: holding
-- Words that hold a part, but do not begin with it, the shortest first.
SELECT w.word
FROM backscroll.words AS w
WHERE position(%(part)s::text IN w.word) > 1
ORDER BY length(w.word), w.word
LIMIT %(limit)s::int;

-- name: like
-- Words that may be misspelt so: about as long, and the same at the beginning or at the end.
SELECT w.word
FROM backscroll.words AS w
WHERE length(w.word) BETWEEN length(%(word)s::text) - %(slips)s::int AND length(%(word)s::text) + %(slips)s::int
  AND (left(w.word, %(edge)s::int) = left(%(word)s::text, %(edge)s::int)
    OR right(w.word, %(edge)s::int) = right(%(word)s::text, %(edge)s::int))
LIMIT %(limit)s::int;
