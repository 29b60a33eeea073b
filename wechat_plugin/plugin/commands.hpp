/// What the host asks for, in its order per conversation; what cannot be stored now is tried until it can.
#pragma once

#include "engine/engine.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>

namespace wechat::plugin {

/// Of the loop's thread only.
class Commands {
public:
    /// A command's end: whether it is durable now. False only where the run ends first.
    using Done = std::function<void(bool durable)>;

    Commands(Loop& loop, engine::Engine& engine, Busy& busy, std::function<Time()> now);

    void add(store::Key key, engine::Input input, Done done = {});

    /// Where a message belongs that has been handed over and is not yet durable.
    [[nodiscard]] std::optional<store::Key> conversation_of(const ClientId& id) const;

    /// Takes nothing new. What is not durable by now was never answered, so the host asks again.
    void stop() { stopping_ = true; }

    [[nodiscard]] std::size_t waiting() const { return waiting_; }

private:
    struct Waiting {
        engine::Input input = {};
        Done done = {};
        Busy::Work work = {};
    };

    Task<> run(store::Key key);

    Loop& loop_;
    engine::Engine& engine_;
    Busy& busy_;
    std::function<Time()> now_;
    std::map<store::Key, std::deque<Waiting>> waiting_of_ = {};
    std::unordered_map<ClientId, store::Key> sends_ = {};
    std::size_t waiting_ = 0;
    bool stopping_ = false;
};

}  // namespace wechat::plugin
