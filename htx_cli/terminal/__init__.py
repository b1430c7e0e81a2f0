"""The shared part of commands: declaring one, its options, its session, its questions and answers."""
