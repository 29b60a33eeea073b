#include "codec/fields.hpp"

#include <stdexcept>

namespace wechat::codec {

namespace {

constexpr std::size_t usual_leaves = 12;  // a callback has about ten

std::uint32_t number_of(std::size_t value)
{
    return static_cast<std::uint32_t>(value);
}

}  // namespace

Fields::Fields(std::initializer_list<Leaf> leaves)
{
    for (const auto& [path, text] : leaves)
        put(path, text);
}

void Fields::reserve()
{
    if (places_.empty())
        places_.reserve(usual_leaves);
}

void Fields::found(std::string_view path, std::string_view text)
{
    reserve();
    const auto place = [this](std::string_view part) {
        return number_of(static_cast<std::size_t>(part.data() - bytes_.data()));
    };
    places_.push_back({place(path), number_of(path.size()), place(text), number_of(text.size())});
}

std::uint32_t Fields::kept(std::string_view part)
{
    const auto place = number_of(bytes_.size());
    bytes_ += part;
    return place;
}

void Fields::put(std::string_view path, std::string_view text)
{
    if (const auto* const known = place_of(path)) {
        auto& place = places_[static_cast<std::size_t>(known - places_.data())];
        place.text = kept(text);
        place.text_size = number_of(text.size());
        return;
    }
    reserve();
    const auto at = kept(path);
    places_.push_back({at, number_of(path.size()), kept(text), number_of(text.size())});
}

const Fields::Place* Fields::place_of(std::string_view path) const
{
    for (const auto& place : places_)
        if (leaf_at(place).path == path)
            return &place;
    return nullptr;
}

std::optional<std::string_view> Fields::find(std::string_view path) const
{
    const auto* const place = place_of(path);
    return place == nullptr ? std::nullopt : std::optional{leaf_at(*place).text};
}

std::string_view Fields::at(std::string_view path) const
{
    if (const auto found = find(path))
        return *found;
    throw std::out_of_range("no leaf " + std::string{path});
}

bool Fields::operator==(const Fields& other) const
{
    if (size() != other.size())
        return false;
    for (const auto& [path, text] : *this)
        if (other.find(path) != text)
            return false;
    return true;
}

}  // namespace wechat::codec
