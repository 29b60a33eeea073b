"""A conversation with many messages, written into a host's store while the host does not run."""
import sqlite3

CONTACT = "o-many-words"


def write(store, count):
    """The conversation is WeChat's, of the first customer; its messages are a minute apart, and the last is the newest."""
    with sqlite3.connect(store) as database:
        channel, = database.execute("SELECT number FROM channels WHERE id = 'wechat'").fetchone()
        last_at, = database.execute("SELECT ifnull(max(at), 1800000000000) FROM messages").fetchone()
        conversation = database.execute(
            "INSERT INTO conversations (channel, customer, contact, open, state, participants, last_at) "
            "VALUES (?, 'harbour-bank', ?, 1, 'open', '[\"ana\"]', ?)", (channel, CONTACT, last_at)).lastrowid
        rows = ((conversation, 1, last_at - (count - number) * 60_000, "text", text(number)) for number in range(1, count + 1))
        database.executemany("INSERT INTO messages (conversation, author, at, kind, text) VALUES (?, ?, ?, ?, ?)", rows)
    database.close()


def text(number):
    """Of different lengths, so that rows have different heights."""
    return f"Message {number}. " + "It goes on for a while. " * (number % 7)
