/// How many messages an account may still send to a contact, as the platform counts (wechat-protocol.md 5.1).
#pragma once

#include "simulator/clock.hpp"

#include <optional>
#include <vector>

namespace simulator {

/// What a contact does that lets the account send.
enum class Trigger { message, menu, follow, scan };

struct Allowance {
    int messages = 0;
    Milliseconds lifetime{0};
};

/// The table in force since 2023-06-12, and how several grants count together.
///
/// per_class  a new trigger replaces the grant of its own class; a send takes from the one that ends soonest
/// maximum    one grant: the larger count and the later end of what there is and what comes new
struct GrantRules {
    enum class Model { per_class, maximum };
    Model model = Model::per_class;
    Allowance message{5, std::chrono::hours{48}};  // W1
    Allowance menu{3, std::chrono::minutes{1}};    // W2
    Allowance follow{3, std::chrono::minutes{1}};  // W2
    Allowance scan{3, std::chrono::minutes{1}};    // W2
    bool operator==(const GrantRules&) const = default;
};

struct Grant {
    Trigger trigger = Trigger::message;
    Moment ends_at = {};
    int remaining = 0;
};

/// The grants of one contact. A grant is alive before its end, not at it.
class Grants {
public:
    /// Counts from the trigger's CreateTime, which is in whole seconds.
    void open(Trigger trigger, const GrantRules& rules, Moment at);
    void close() { grants_.clear(); }

    [[nodiscard]] bool any_alive(Moment now) const;  // if not: 45015
    [[nodiscard]] int slots_left(Moment now) const;  // if none though one is alive: 45047
    [[nodiscard]] std::optional<Moment> ends_at(Moment now) const;
    bool take(Moment now);

private:
    std::vector<Grant> grants_;
};

}  // namespace simulator
