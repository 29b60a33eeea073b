#pragma once
/// A wrong channel: the template, with one thing wrong that stands between it and the host. Each must fail the check
/// whose id it bears, and no other.

#include "between.hpp"
#include "spool.hpp"

#include <functional>
#include <string>
#include <string_view>

class Mutant : public conformance::Between {
protected:
    static std::string text(channel_str given) { return std::string(channel::view(given)); }

    /// Runs soon, on the lane.
    void later(std::function<void()> body)
    {
        auto* const kept = new std::function<void()>(std::move(body));
        const auto run = [](void* ctx) noexcept {
            auto* const mine = static_cast<std::function<void()>*>(ctx);
            (*mine)();
            delete mine;
        };
        if (host().post(host().self, run, kept) != CHANNEL_OK)
            delete kept;
    }

    /// The host never sees what was handed over; the template thinks that it is settled.
    channel_status swallow(channel_token token)
    {
        later([this, token] { ops().settle(self(), token, CHANNEL_OK, 0); });
        return CHANNEL_OK;
    }

    static channel_status fails(channel_error* error, channel::Status status, const char* code)
    {
        return channel::fill(*error, status, code, code);
    }

    [[nodiscard]] static std::filesystem::path provider_of(const channel_settings& settings)
    {
        return std::filesystem::path(text(settings.base_dir)) / "spool";
    }
};

/// A library whose instances are the template's behind an M each.
#define MUTANT(M)                                                                                            \
    const channel_plugin channel_plugin_v1 = conformance::Between::around<M>(channel::plugin_table<Spool>);
