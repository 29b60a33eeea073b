#include "replay/arrangement.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace replay {
namespace {

using Kind = Entry::Kind;

bool is_echo(const Happening& happening) { return happening.kind == Kind::to_contact && !happening.silent; }

bool has_gone_out(const Happening& happening)
{
    return happening.kind == Kind::state && (happening.what == "sent" || happening.what == "uncertain");
}

// Both are in the order in which they were sent, so each echo is looked for behind the one before.
void name_automatic_texts(std::vector<Happening>& kept, std::vector<Happening>& shown)
{
    auto from = shown.begin();
    for (auto& echo : kept) {
        if (!is_echo(echo))
            continue;
        const auto reads_so = [&](const Happening& text) { return text.medium == "text" && text.what == echo.what; };
        const auto found = std::find_if(from, shown.end(), reads_so);
        if (found == shown.end()) {
            echo.medium = "echo of " + std::exchange(echo.automatic, {}) + " that the phone does not show";
            continue;
        }
        found->automatic = echo.automatic;
        from = std::next(found);
    }
}

class Story {
public:
    explicit Story(std::vector<Happening> shown) : shown_(std::move(shown)) {}

    void tell(Happening happening)
    {
        if (has_gone_out(happening))
            show_until([](const Happening& text) { return text.automatic.empty(); });
        if (!is_echo(happening) || happening.automatic.empty())
            all_.push_back(std::move(happening));
        else
            show_until([&](const Happening& text) { return text.automatic == happening.automatic; });
    }

    [[nodiscard]] std::vector<Happening> told()
    {
        show(shown_.size());
        return std::move(all_);
    }

private:
    // Up to the next such text; nothing where none is left: several messages may have gone out as one text (Q4).
    template <class Which>
    void show_until(const Which& which)
    {
        const auto begin = shown_.begin() + static_cast<std::ptrdiff_t>(next_);
        const auto found = std::find_if(begin, shown_.end(), which);
        if (found != shown_.end())
            show(static_cast<std::size_t>(found - shown_.begin()) + 1);
    }

    void show(std::size_t end)
    {
        for (; next_ < end; ++next_)
            all_.push_back(std::move(shown_[next_]));
    }

    std::vector<Happening> shown_, all_;
    std::size_t next_ = 0;
};

}  // namespace

std::vector<Happening> arranged(std::vector<Happening> kept, std::vector<Happening> shown)
{
    name_automatic_texts(kept, shown);
    Story story{std::move(shown)};
    for (auto& happening : kept)
        story.tell(std::move(happening));
    return story.told();
}

}  // namespace replay
