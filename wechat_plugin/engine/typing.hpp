/// The contact sees that somebody writes: best effort, and never more often than the platform likes.
#pragma once

#include "engine/accounts.hpp"
#include "loop/busy.hpp"
#include "store/store.hpp"

#include <channel/values.hpp>

#include <map>

namespace wechat::engine {

/// Of the loop's thread only.
class Typing {
public:
    Typing(Loop& loop, Accounts& accounts, store::Store& store, Busy& busy);

    /// Asks the platform to show it, or no longer to (wechat-protocol.md 4.3); whatever it answers is nobody's business.
    ///
    /// Not asked: where the window is closed as we know it; again while a sign is on, within 10 s of the last; to take
    /// away what was never shown, or has ended by itself.
    void set(store::Key key, const CustomerAccount& account, bool on, channel::Time now);

private:
    Task<> ask(store::Key key, bool on, Time now, Busy::Work work);

    Loop& loop_;
    Accounts& accounts_;
    store::Store& store_;
    Busy& busy_;
    std::map<store::Key, channel::Time> shown_ = {};  // when the sign was last asked for; while it is on
};

}  // namespace wechat::engine
