export default "h-56"
