/// One random history: some contacts, their employees, the platform, time. Its seed decides all of it.
#pragma once

#include "invariants.hpp"
#include "world.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace simulation {

class History {
public:
    History(World& world, std::uint64_t seed);

    /// Plays it to its end: the platform is well again, every contact writes until nothing waits, or leaves; then all
    /// unfollow, so that nothing of it happens later.
    void run();
    /// What broke, contact by contact; empty: nothing. After run.
    [[nodiscard]] std::string failure();
    /// What happened, a line each, with the time since the history's start.
    [[nodiscard]] const std::string& log() const { return log_; }

private:
    struct Life {
        Contact contact = {};
        Done done = {};
        int spoken = 0, sent = 0;
    };

    [[nodiscard]] std::uint64_t pick(std::uint64_t below) { return random_() % below; }
    void note(const std::string& what);
    void pass_time();
    void anything();
    void contact_does(Life& life);
    void employee_does(Life& life);
    void say(Life& life, bool tap);
    void leave(Life& life);
    void follow(Life& life);
    void send(Life& life);
    void change_participants(Life& life);
    void disturb_platform();
    void restart();
    void end();

    World& world_;
    std::mt19937_64 random_;
    simulator::Moment start_;
    host::EventId first_event_;
    std::vector<Life> lives_;
    std::string log_;
};

}  // namespace simulation
