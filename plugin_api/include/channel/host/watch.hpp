#pragma once
/// Watches every call between a host and a channel: how long it takes, what it answers, and who breaks the contract.

#include <channel/host/instance.hpp>

namespace channel::detail {

/// README, "Threads"; ten times as long is logged.
inline constexpr Milliseconds lane_limit{10};
inline constexpr Milliseconds control_limit{1000};

/// What [any] says; the calls themselves are of the thread that makes them.
class Watch {
public:
    Watch(const channel_plugin& plugin, Services& services, bool strict)
        : plugin_(plugin), strict_(strict), services_(&services)
    {}

    [[nodiscard]] const channel_plugin& plugin() const { return plugin_; }
    /// Whether the channel may know more than this host.
    [[nodiscard]] bool newer() const noexcept { return plugin_.abi_minor > CHANNEL_ABI_MINOR; }

    /// nullptr after the end of the Instance.
    [[nodiscard]] Services* services() const { return services_; }
    void detach() { services_ = nullptr; }

    [[nodiscard]] std::uint64_t misbehaviours() const { return misbehaviours_; }

    void misbehaves(std::string_view function, std::string_view what) { blame(plugin_.type, function, what); }
    void host_misbehaves(std::string_view function, std::string_view what) { blame("HOST", function, what); }

    template <class Call>
    channel_status timed(const char* function, Milliseconds limit, const Call& call)
    {
        if (auto* const services = services_.load())
            services->entering(function);
        const auto begin = std::chrono::steady_clock::now();
        const channel_status status = call();
        const auto took = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
        if (auto* const services = services_.load(); services != nullptr && took > 10 * limit)
            services->log(Level::warning, "slow_call", std::string(function) + " holds up the lane",
                          "{\"function\":\"" + std::string(function) + "\",\"ms\":" + std::to_string(took.count()) + "}");
        return status;
    }

    /// One at a time: a host that calls beside another call of the lane has a fault of its own.
    template <class Call>
    channel_status lane_call(const char* function, Milliseconds limit, const Call& call)
    {
        if (in_lane_.exchange(true))
            host_misbehaves(function, "called beside another call of this lane");
        const auto status = timed(function, limit, call);
        in_lane_ = false;
        return status;
    }

    /// Throws what the channel answered; an answer that says nothing is a fault of its own.
    void judge(const char* function, channel_status status, const channel_error& error)
    {
        if (status == CHANNEL_OK)
            return;
        judge_status(function, status);
        if (error.code[0] == '\0')
            misbehaves(function, "fails without a code");
        throw error_of(status, error);
    }

    void judge_status(const char* function, channel_status status)
    {
        if (status > 0 || (status < CHANNEL_E_INTERNAL && !newer()))
            misbehaves(function, "unknown status " + std::to_string(status));
    }

private:
    void blame(std::string_view who, std::string_view function, std::string_view what)
    {
        ++misbehaviours_;
        const auto sentence = std::string(who).append(" misbehaves: ").append(function).append(": ").append(what);
        if (auto* const services = services_.load())
            services->misbehaves(sentence);
        if (strict_) {
            std::fprintf(stderr, "%s\n", sentence.c_str());
            std::abort();
        }
    }

    const channel_plugin& plugin_;
    const bool strict_;
    std::atomic<Services*> services_;
    std::atomic<bool> in_lane_ = false;
    std::atomic<std::uint64_t> misbehaviours_ = 0;
};

}  // namespace channel::detail
