"""A township's year, day by day: two rooms, one county, two thousand matters, judged by arithmetic of its own."""
