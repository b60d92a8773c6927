export default "h-[26.5rem]"
